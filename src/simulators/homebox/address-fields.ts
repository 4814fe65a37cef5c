import { z } from 'zod'
import { houseOfId } from '#simulators/homebox/addresses'
import { PostcodeField } from '#simulators/homebox/fields'
import type { Postcode } from '#values/postcode'

/** A property as a request names it. */
export interface NamedHouse {
  readonly line1: string
  readonly line2: string | null
  readonly city: string
  readonly county: string | null
  readonly postcode: Postcode
  readonly address_id: string | null
}

const AddressId = z.string().transform((id, context) => {
  const house = houseOfId(id)
  if (house) return { id, house }
  context.addIssue({ code: 'custom', message: 'The selected :attribute is invalid.' })
  return z.NEVER
})

const required = z.string().min(1)

/** All five entries; line2 and county may be empty. */
export const WholeAddress = z.strictObject({
  line1: required,
  line2: z.string(),
  city: required,
  county: z.string(),
  postcode: PostcodeField,
})

/** Chapter "Create Lead" asks for three of them only. */
const LeadLines = WholeAddress.partial({ line2: true, county: true })

function fromLines(lines: z.output<typeof LeadLines>): NamedHouse {
  return { ...lines, line2: lines.line2 || null, county: lines.county || null, address_id: null }
}

function fromId({ id, house }: z.output<typeof AddressId>): NamedHouse {
  return { ...house, line2: null, county: null, address_id: id }
}

/** A property by its id alone. */
export const ById = z
  .strictObject({ address_id: AddressId })
  .transform(({ address_id }) => fromId(address_id))
/** A property by its complete address. */
export const ByLines = WholeAddress.transform(fromLines)

/** A lead's property: an id goes with its postcode. Chapter "Create Lead". */
export const ByIdAndPostcode = z
  .strictObject({ address_id: AddressId, postcode: PostcodeField })
  .transform(({ address_id }) => fromId(address_id))
export const ByLeadLines = LeadLines.transform(fromLines)

const Named = z.object({ address: z.record(z.string(), z.unknown()) })

/** Whether a body names its property by id: that decides what else its `address` must hold. */
export function namesId(body: unknown): boolean {
  const named = Named.safeParse(body)
  return named.success && 'address_id' in named.data.address
}

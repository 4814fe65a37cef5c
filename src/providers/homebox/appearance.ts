import { z } from 'zod'
import { OptionalText, orNull } from '#providers/answer-schemas'
import type { Appearance } from '#providers/port/branches'

/** Fields that the account and its branches have in common. */
export const appearance = {
  name: OptionalText,
  reference_number: OptionalText,
  theme_color_primary: OptionalText,
  image_path: OptionalText,
  management_fee: orNull(z.union([z.string(), z.number()]).transform(String)),
}
const Answered = z.object(appearance)

export function fromHomeboxAppearance(found: z.output<typeof Answered>): Appearance {
  const { name, reference_number, theme_color_primary, image_path: logo_url, management_fee } = found
  return { name, reference_number, theme_color_primary, logo_url, management_fee }
}

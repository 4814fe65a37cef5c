import type { Endpoint } from '#simulators/core/endpoint'
import { Appearance } from '#simulators/homebox/branches'
import { read } from '#simulators/homebox/dialect'
import type { Account, HomeboxContext } from '#simulators/homebox/state'

const PATH = '/api/partner/account'

/** The partner's own account; as in the document's sample until it is changed. */
function accountOf({ accounts }: HomeboxContext): Account {
  return (
    accounts.get('own') ?? {
      name: 'Partner Account',
      management_fee: '10',
      reference_number: 'PARTNER1',
      image_path: 'https://homebox.example/img/partners/1.png',
      theme_color_primary: '#000000',
    }
  )
}

function getAccount(context: HomeboxContext): Endpoint {
  return {
    operation: 'account.get',
    method: 'GET',
    path: PATH,
    effect: 'none',
    renamed: ['name', 'company'],
    accept: () => ({ triggers: [], apply: () => ({ status: 200, body: { data: accountOf(context) } }) }),
  }
}

function updateAccount(context: HomeboxContext): Endpoint {
  return {
    operation: 'account.update',
    method: 'POST',
    path: PATH,
    effect: 'kept',
    renamed: ['data', 'account'],
    accept: call => {
      const changes = read(Appearance, call.body)
      return {
        triggers: [],
        apply: () => {
          const account = Object.assign({}, accountOf(context), changes)
          context.accounts.put('own', account)
          const name_url = account.name.toLowerCase().replaceAll(/\W+/g, '-')
          return { status: 200, body: { data: { ...account, name_url } } }
        },
      }
    },
  }
}

/** Chapters "Get Account Details" and "Update Account Details". */
export function accountEndpoints(context: HomeboxContext): Endpoint[] {
  return [getAccount(context), updateAccount(context)]
}

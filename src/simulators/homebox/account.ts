import type { Endpoint } from '#simulators/core/endpoint'

const account = {
  name: 'Partner Account',
  management_fee: '10',
  reference_number: 'PARTNER1',
  image_path: 'https://homebox.example/img/partners/1.png',
  theme_color_primary: '#000000',
} as const

export function accountEndpoint(): Endpoint {
  return {
    operation: 'account.get',
    method: 'GET',
    path: '/api/partner/account',
    effect: 'none',
    renamed: ['name', 'company'],
    accept: () => ({ triggers: [], apply: () => ({ status: 200, body: { data: account } }) }),
  }
}

interface WaterSupplier {
  readonly name: string
  /** Its prices against the table's, in percent. */
  readonly percent: number
}

export const waterSuppliers = {
  affinity: { name: 'Affinity Water', percent: 98 },
  anglian: { name: 'Anglian Water', percent: 107 },
  northumbrian: { name: 'Northumbrian Water', percent: 91 },
  severn_trent: { name: 'Severn Trent Water', percent: 94 },
  south_west: { name: 'South West Water', percent: 118 },
  southern: { name: 'Southern Water', percent: 112 },
  thames: { name: 'Thames Water', percent: 100 },
  united_utilities: { name: 'United Utilities', percent: 103 },
  welsh: { name: 'Dŵr Cymru Welsh Water', percent: 109 },
  wessex: { name: 'Wessex Water', percent: 111 },
  yorkshire: { name: 'Yorkshire Water', percent: 99 },
} as const satisfies Record<string, WaterSupplier>

export type WaterSupplierId = keyof typeof waterSuppliers

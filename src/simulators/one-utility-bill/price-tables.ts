/** Household totals in pence per month, for 1 to 14 beds: unlimited energy, spring 2026. */
export const energy = [
  6480, 7730, 8810, 9780, 11420, 13010, 14560, 16120, 17700, 19230, 20810, 22360, 23950, 25480,
] as const

/** At a water supplier of 100 percent. */
export const water = [
  1890, 2300, 2620, 2870, 3420, 3960, 4490, 5030, 5560, 6090, 6630, 7150, 7690, 8220,
] as const

/** One line for up to five people, a faster one from six. */
export const broadband = [
  2990, 2990, 2990, 2990, 2990, 3690, 3690, 3690, 3690, 3690, 4390, 4390, 4390, 4390,
] as const

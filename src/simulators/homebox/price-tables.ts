/** Household totals in pence per month, for 1 to 14 housemates: unlimited energy, tariffs of spring 2026. */
export const energy = [
  6210, 7480, 8550, 9410, 11065, 12690, 14245, 15830, 17390, 18970, 20515, 22090, 23640, 25215,
] as const

/** Clean and waste water at a supplier of 100 percent. */
export const water = [
  1980, 2410, 2745, 3010, 3580, 4140, 4705, 5260, 5815, 6375, 6930, 7485, 8045, 8600,
] as const

/** Broadband by megabits per second; one line however many share it. */
export const broadband = { 18: 2_599, 66: 2_899, 145: 3_399, 500: 4_199 } as const

/** The television licence of April 2026, a twelfth of £180. */
export const tvLicence = 1_500
export const skyTv = 2_900

export const serviceChargePerHousemate = 400
/** Of a partner package, for the whole house. */
export const partnerServiceCharge = 2_200

export const largestHousehold = 14
export const coupons: Readonly<Record<string, { readonly percent: number }>> = { WELCOME10: { percent: 90 } }

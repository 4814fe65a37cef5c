/** The languages in which MyBeezBox keeps texts. */
export const languages = ['en', 'fr', 'es', 'it', 'de', 'nl', 'ca', 'pt'] as const
export type Language = (typeof languages)[number]

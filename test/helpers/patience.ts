/** How long a test waits for what must come, in milliseconds: a busy machine only makes it later. */
export const PATIENCE = { timeout: 30_000, interval: 10 }

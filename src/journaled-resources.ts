import type { JournaledResources } from '#journal/journaled'

/** The kinds of resource that unsafe operations are done for. */
export const journaledResources: JournaledResources = {}

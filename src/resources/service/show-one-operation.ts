type Section = Readonly<Record<string, unknown>>

/** Of an OpenAPI document what the plug-in looks into. */
interface Document {
  readonly paths: Readonly<Record<string, Section>>
  readonly components: Readonly<Record<string, Section>>
}

/** Swagger UI's way of following the references below `path` of a document. */
type ResolveSubtree = (document: Document, path: readonly string[], options?: object) => unknown

/** What of Swagger UI the plug-in replaces. */
interface Plugged {
  readonly fn: { readonly resolveSubtree: ResolveSubtree }
}

/**
 * A plug-in of Swagger UI that lets a large document open quickly. For the page itself and for each operation that is unfolded,
 * Swagger UI normalises the whole document, for two seconds; this hands it the operation with the components that it refers to.
 *
 * It goes to the browser as the text of this function: it may use nothing from outside itself.
 */
export function showOneOperation({ fn }: Plugged): Plugged {
  function refersTo(components: Document['components'], start: unknown): Document['components'] {
    const found = new Map<string, Map<string, unknown>>()
    const open = [start]
    while (open.length > 0) {
      const text = JSON.stringify(open.pop() ?? null)
      for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)/g)) {
        const ofKind = found.get(kind) ?? new Map<string, unknown>()
        if (ofKind.has(name)) continue
        found.set(kind, ofKind.set(name, components[kind]?.[name]))
        open.push(components[kind]?.[name])
      }
    }
    return Object.fromEntries([...found].map(([kind, named]) => [kind, Object.fromEntries(named)]))
  }

  function partOf(document: Document, path: readonly string[]): Document {
    const { paths, components } = document
    const [section, url = '', method = ''] = path
    const shown = section === 'paths' ? { [url]: { [method]: paths[url]?.[method] } } : {}
    const found = refersTo(components, [shown, `#/${path.join('/')}`])
    return {
      ...document,
      paths: shown,
      components: { ...found, securitySchemes: components['securitySchemes'] ?? {} },
    }
  }

  // Kept now: what Swagger UI handed over is where it puts the replacement.
  const { resolveSubtree } = fn
  return {
    fn: {
      resolveSubtree: (document, path, options) => resolveSubtree(partOf(document, path), path, options),
    },
  }
}

import { StringDecoder } from 'node:string_decoder'

type Stream = 'stdout' | 'stderr'
export type ConsoleSink = (stream: Stream, text: string) => void

const sinks = new Set<ConsoleSink>()
const taps = new Map<Stream, { original: NodeJS.WriteStream['write']; tapped: NodeJS.WriteStream['write'] }>()

/** Hears everything this process writes to stdout and stderr (children with inherited streams aside), until the returned function is called. */
export function tapConsole(sink: ConsoleSink): () => void {
  sinks.add(sink)
  install('stdout')
  install('stderr')
  return () => {
    sinks.delete(sink)
    if (sinks.size > 0) return
    uninstall('stdout')
    uninstall('stderr')
  }
}

function install(name: Stream): void {
  if (taps.has(name)) return
  const stream = process[name]
  const { write: original } = stream
  const decoder = new StringDecoder('utf8')
  const tapped = function (this: NodeJS.WriteStream, ...args: Parameters<typeof original>) {
    const [chunk, encoding] = args as unknown as [unknown, unknown]
    const text = toText(chunk, encoding, decoder)
    if (text !== '') for (const sink of sinks) sink(name, text)
    return original.apply(this, args)
  } as typeof original
  taps.set(name, { original, tapped })
  stream.write = tapped
}

/** When someone else has put a hook over ours, taking ours out would take theirs too: ours then stays and hears for nobody. */
function uninstall(name: Stream): void {
  const tap = taps.get(name)
  if (!tap || process[name].write !== tap.tapped) return
  process[name].write = tap.original
  taps.delete(name)
}

function toText(chunk: unknown, encoding: unknown, decoder: StringDecoder): string {
  if (typeof chunk === 'string')
    return typeof encoding === 'string' && !/^utf-?8$/i.test(encoding) ? Buffer.from(chunk, encoding as BufferEncoding).toString('utf8') : chunk
  // A character may be cut between two writes.
  return chunk instanceof Uint8Array ? decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)) : ''
}

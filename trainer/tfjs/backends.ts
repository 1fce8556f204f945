/** Backends whose tensors are read by a memory copy. */
export const COPYING_BACKENDS: readonly string[] = ['cpu', 'wasm']
/** Backends that answer `dataSync`; WebGPU in Node knows only the asynchronous `data`. */
export const SYNCHRONOUS_BACKENDS: readonly string[] = [...COPYING_BACKENDS, 'tensorflow']

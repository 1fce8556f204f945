/** What `watch` and `watchActivations` return. */
export interface WatchHandle {
  /** Stops measuring and puts the optimizer back as it was. Safe to call again. */
  unwatch(): void
  /** Resolves when all measurements are logged. Only backends that are read asynchronously (WebGPU) are ever behind. */
  settled(): Promise<void>
}

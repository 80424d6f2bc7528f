/** The only time a runtime knows. Give a virtual one to tests and simulations. */
export type Clock = {
  /** The present as an ISO instant. */
  readonly now: () => string
  /**
   * Resolves at the instant, or at once when `signal` is aborted or the instant has passed; no later than it would have
   * been when it was asked, however the clock is set meanwhile. Never rejects.
   */
  readonly waitUntil: (instant: string, signal: AbortSignal) => Promise<void>
}

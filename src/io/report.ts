/** Who is told how it goes: bars on a terminal, plain lines elsewhere. */
export interface Report {
  /** Something that takes a while; `unit` says what `progress` counts. */
  start(label: string, unit: 'bytes' | 'files' | 'packages'): Progress
  /** One line for the user, on standard error, above any bar. */
  note(line: string): void
}

export interface Progress {
  update(done: number, total?: number): void
  end(): void
}

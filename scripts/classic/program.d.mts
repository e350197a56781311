export const program: string
export const targets: { name: string; file: string; arch: string; runs?: boolean }[]

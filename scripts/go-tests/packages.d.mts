export interface Tested {
  name: string
  builds?: boolean
  starts?: boolean
}
export const packages: Tested[]
export const more: Tested[]
export const targets: { name: string; env: Record<string, string>; gcc: string }[]

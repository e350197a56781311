/** @type {import('gonative/contract').Register} */
export default function register({ apiVersion }) {
  if (apiVersion !== 1) throw new Error(`made for gonative's plugin API 1, not ${apiVersion}`)
  return [
    { kind: 'source', id: 'acme', priority: 50, load: () => import('./source.js') },
    { kind: 'strategy', id: 'acme-cc', priority: 20, load: () => import('./strategy.js') },
  ]
}

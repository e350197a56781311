// Acme's compilers: zips on a server that ACME_URL names, each with a .sha256 beside it.

/** @param {import('gonative/contract').Context} context */
function serverOf(context) {
  const server = context.env.ACME_URL
  if (!server) throw context.unreachable('ACME_URL is not set')
  return server.replace(/\/$/, '')
}

/** @type {import('gonative/contract').Source} */
export default {
  tools: ['acme-cc'],

  async versions(_tool, _host, context) {
    const answer = await context.http.get(`${serverOf(context)}/versions.txt`)
    return answer.status === 200 ? (await answer.text()).split(/\s+/).filter(Boolean) : []
  },

  async locate({ version }, _host, context) {
    const name = `acme-cc-${version}.zip`
    const url = `${serverOf(context)}/${name}`
    const published = await context.http.get(`${url}.sha256`)
    if (published.status !== 200) return undefined
    const hex = (await published.text()).trim().split(/\s+/)[0]
    return [
      {
        name,
        urls: [url],
        format: 'zip',
        prefix: `acme-cc-${version}/`,
        digests: [{ algorithm: 'sha256', hex, from: "Acme's server" }],
        programs: ['acme-cc'],
      },
    ]
  },
}

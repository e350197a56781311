/**
 * SHA-1 digests that the Go project published beside its archives before the index had SHA-256, by file name, so that they
 * hold wherever a copy comes from. The page that listed those up to 1.2.1 went with its host (code.google.com/p/go); a row
 * is here only when at least two unrelated packagings of the time, which took it from that page, agree. A file without a
 * row has no known digest.
 */
export const oldReleases: Readonly<Record<string, string>> = {
  // Kept in Chef, FPM and other recipes of 2013 and 2014, and in VenGO's table. Of go1.2.1 only linux/amd64 is: Nitrous.IO's
  // autoparts and an FPM recipe have it as VenGO has; for its other hosts VenGO stands alone, so they have no row.
  'go1.1.2.linux-386.tar.gz': '42334112e5ba7fcd1a58de0a85ff2668e446cd0b',
  'go1.1.2.linux-amd64.tar.gz': '42634e25f98a5db1e8a2a8270c3604fcf8fed38d',
  'go1.2.linux-amd64.tar.gz': '664e5025eae91412a96a10f4ed1a8af6f0f32b7d',
  'go1.2.1.linux-amd64.tar.gz': '7605f577ff6ac2d608a3a4e829b255ae2ebc8dcf',
  // Published on go.dev/dl; kept in the first gonative's platform.go and in VenGO's table, which agree.
  'go1.2.2.darwin-386-osx10.8.tar.gz': '4219b464e82e7c23d9dc02c193e7a0a28a09af1a',
  'go1.2.2.darwin-amd64-osx10.8.tar.gz': '19be1eca8fc01b32bb6588a70773b84cdce6bed1',
  'go1.2.2.freebsd-386.tar.gz': 'd226b8e1c3f75d31fa426df63aa776d7e08cddac',
  'go1.2.2.freebsd-amd64.tar.gz': '858744ab8ff9661d42940486af63d451853914a0',
  'go1.2.2.linux-386.tar.gz': 'd16f892173b0589945d141cefb22adce57e3be9c',
  'go1.2.2.linux-amd64.tar.gz': '6bd151ca49c435462c8bf019477a6244b958ebb5',
  'go1.2.2.windows-386.zip': '560bb33ec70ab733f31ff15f1a48fe35963983b9',
  'go1.2.2.windows-amd64.zip': '9ee22fe6c4d98124d582046aab465ab69eaab048',
}

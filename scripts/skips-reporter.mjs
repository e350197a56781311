// A reporter for the test run: every skipped test with its reason, since a count alone says nothing.
export default class SkipsReporter {
  onTestRunEnd(modules) {
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const result = test.result()
        console.log(`skipped: ${test.fullName}: ${result.note ?? 'not for this machine'}`)
      }
    }
  }
}

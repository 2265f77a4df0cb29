export { launchBrowser, type LaunchedBrowser, openPage } from './launch-browser.ts'
export {
  listExamples,
  listTabs,
  openExample,
  openPlayground,
  runOperation,
  showQueryPlan,
  type ShownTrace,
  showTrace,
} from './playground-driver.ts'

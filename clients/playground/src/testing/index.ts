export { launchBrowser, type LaunchedBrowser, openPage } from './launch-browser.ts'
export {
  listExamples,
  listTabs,
  openExample,
  openPlayground,
  runOperation,
  showQueryPlan,
} from './playground-driver.ts'

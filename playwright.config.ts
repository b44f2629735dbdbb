import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser.mjs";

/** `scripts/e2e.mjs` hands over what it found; an editor that starts tests itself finds it here. */
interface FoundBrowser {
  readonly executablePath: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}
const handed = process.env["FABULA_BROWSER"];
const browser: FoundBrowser =
  handed === undefined ? await findBrowser() : (JSON.parse(handed) as FoundBrowser);

const STATES = /states\.spec\.ts$/;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
  projects: [
    // Real peers that mine: alone on the machine.
    { name: "journeys", testIgnore: STATES },
    // How the app looks, most of it on a fake peer: nothing is measured, so several may look at once (`--workers`).
    { name: "states", testMatch: STATES, fullyParallel: true },
  ],
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    browserName: "chromium",
    headless: true,
    launchOptions: {
      executablePath: browser.executablePath,
      args: browser.args,
      env: { ...(process.env as Record<string, string>), ...browser.env },
    },
    // On a loopback-only machine WebRTC has candidates only with this permission (nothing records).
    permissions: ["microphone"],
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    // Origins differ by port in each test: no state is shared through a base URL.
    serviceWorkers: "allow",
  },
});

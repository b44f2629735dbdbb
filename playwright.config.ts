import { defineConfig } from "@playwright/test";

/** `scripts/e2e.mjs` finds the browser and hands it over; nothing else starts these tests. */
const found: unknown = JSON.parse(process.env["FABULA_BROWSER"] ?? "null");
if (found === null) throw new Error("start these tests with: npm run test:e2e");
const browser = found as { executablePath: string; args: string[]; env: Record<string, string> };

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  fullyParallel: false,
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

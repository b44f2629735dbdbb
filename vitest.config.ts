import { availableParallelism } from "node:os";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findBrowser } from "./scripts/browser.mjs";

/** The node project needs no browser, so a missing one is only told when Vitest tries to start it. */
async function launchOptions(): Promise<object> {
  try {
    const { executablePath, args, env } = await findBrowser();
    return { executablePath, args, env: { ...process.env, ...env } };
  } catch (error) {
    if (process.argv.includes("browser")) throw error;
    return {};
  }
}

/**
 * Real sockets, WebRTC and child processes, whole databases: seconds each, so they are in `npm test` and not in
 * `npm run check`.
 */
const INTEGRATION = [
  "src/cli/main.test.ts",
  "src/cli/payments.test.ts",
  "src/mesh/mesh-caps.test.ts",
  "src/mesh/mesh-hostile.test.ts",
  "src/mesh/mesh-network.test.ts",
  "src/mesh/mesh-relay.test.ts",
  "src/simulation/catching-up.test.ts",
  "src/simulation/soak.test.ts",
  "src/storage/idb-store.test.ts",
  "src/storage/level-store.test.ts",
];

/** Long stories, runs and audits: nothing but work, which measures no time and may share the cores with the journeys. */
const LONG = [
  "src/audit/supply-audit-long.test.ts",
  "src/authoring/builtin/codex-drafts.test.ts",
  "src/cli/lab.test.ts",
  "src/lab/closed-forms.test.ts",
  "src/lab/controller/published-example.test.ts",
  "src/lab/sweep/sweep-theory.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          environment: "node",
          include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"],
          exclude: ["**/*.browser.test.{ts,tsx}", "**/node_modules/**", ...INTEGRATION, ...LONG],
          testTimeout: 20_000,
          // Starting a worker for each of a hundred small files took longer than the tests in them.
          isolate: false,
          // The default leaves one of two cores idle; the other projects measure time and stay as they are.
          maxWorkers: Math.max(2, availableParallelism() - 1),
        },
      },
      {
        test: {
          name: "integration",
          environment: "node",
          include: INTEGRATION,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "long",
          environment: "node",
          include: LONG,
          testTimeout: 60_000,
        },
      },
      {
        // Found in the middle of a test, a package makes Vite reload the page under it.
        optimizeDeps: {
          include: [
            "@scure/base",
            "@scure/bip39",
            "@scure/bip39/wordlists/english.js",
            "hash-wasm",
            "micro-key-producer/slip10.js",
            "micro-packed",
            "pure-rand/generator/xoroshiro128plus",
            "tinyqueue",
            "yaml",
            "zod/mini",
          ],
        },
        test: {
          name: "browser",
          include: ["src/**/*.browser.test.{ts,tsx}"],
          testTimeout: 30_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await launchOptions() }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});

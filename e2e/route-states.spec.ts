/**
 * Every route of the real site under axe: light and dark, on a phone's width and a desk's.
 *
 * @module
 */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { startLighthouse, type TestLighthouse } from "./support/lighthouse.ts";
import { mineTo } from "./support/story.ts";
import { openTab } from "./support/tab.ts";

let lighthouse: TestLighthouse;
test.beforeEach(async () => {
  lighthouse = await startLighthouse({ paceMs: 3_000 });
});
test.afterEach(() => lighthouse.dispose());

const LOOKS = [
  { colorScheme: "light", width: 360 },
  { colorScheme: "dark", width: 360 },
  { colorScheme: "light", width: 1_280 },
  { colorScheme: "dark", width: 1_280 },
] as const;
const ROUTES = [
  "",
  "apocrypha",
  "codex",
  "explorer",
  "network",
  "lab",
  "wallet",
  "start",
  "settings",
];

for (const { colorScheme, width } of LOOKS) {
  test(`axe finds nothing on any route, ${colorScheme}, ${width} pixels wide`, async ({
    context,
  }) => {
    const tab = await openTab(context, lighthouse.url);
    const { page } = tab;
    await page.getByRole("button", { name: "Just read" }).click();
    await mineTo(tab, 2);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 800 });
    for (const route of ROUTES) {
      await page.goto(`${lighthouse.url}#/${route}`);
      // Laid out anew: what is out of sight would keep the other theme's colours.
      await page.reload();
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`),
      );
      expect(found, `#/${route}`).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, `#/${route}`).toBeLessThanOrEqual(0);
    }
    expect(tab.errors).toEqual([]);
  });
}

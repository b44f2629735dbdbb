/**
 * A tab as a script sees it: the page and its `window.fabula`, typed.
 *
 * @module
 */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { FabulaClient, MethodName, ParamsOf, ResultOf } from "../../src/peer/rpc/schema.ts";

declare global {
  interface Window {
    fabula: FabulaClient;
  }
}

/** A page and its peer. */
export interface Tab {
  readonly page: Page;
  request<M extends MethodName>(method: M, params?: ParamsOf<M>): Promise<ResultOf<M>>;
}

/** Opens the site in a new tab of `context`; any uncaught error on the page fails the test by `errors`. */
export async function openTab(
  context: BrowserContext,
  url: string,
): Promise<Tab & { readonly errors: string[] }> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error.stack ?? error)));
  await page.goto(url);
  return { ...tabOf(page), errors };
}

/** The typed peer of a page that is already open. */
export function tabOf(page: Page): Tab {
  return {
    page,
    request: (method, params) =>
      page.evaluate(
        ([name, given]) => window.fabula.request({ method: name, params: given } as never),
        [method, params] as const,
      ),
  };
}

/** Waits until every tab (and the lighthouse, if given) has the same best block and state root. */
export async function expectOneTip(
  peers: readonly { request(method: "get_tip"): Promise<{ hash: string; stateRoot: string }> }[],
  timeoutMs = 30_000,
): Promise<void> {
  await expect
    .poll(
      async () => {
        const tips = await Promise.all(peers.map((peer) => peer.request("get_tip")));
        return new Set(tips.map((tip) => `${tip.hash} ${tip.stateRoot}`)).size;
      },
      { timeout: timeoutMs, intervals: [100, 250, 500] },
    )
    .toBe(1);
}

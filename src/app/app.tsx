/**
 * The shell: header, notices, the view of the route, the phone's bar. The story comes with the shell;
 * the other views are loaded when they are asked for.
 *
 * @module
 */
import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { useHashLocation } from "wouter/use-hash-location";
import { BottomBar } from "./components/bottom-bar.tsx";
import controls from "./components/controls.module.css";
import { NoticeArea } from "./components/notice-area.tsx";
import shell from "./components/shell.module.css";
import { ShellHeader } from "./components/shell-header.tsx";
import { StateNotice } from "./components/state-notice.tsx";
import { ViewGuard } from "./components/view-guard.tsx";
import { cls } from "./css.ts";
import { parseRoute, type Route } from "./routes.ts";
import { useStatus } from "./stores/status-store.ts";
import { useStory } from "./stores/story-store.ts";
import { SHELL } from "./strings.ts";
import { StoryView } from "./views/story/story-view.tsx";

const ApocryphaView = lazy(async () => ({
  default: (await import("./views/apocrypha/apocrypha-view.tsx")).ApocryphaView,
}));
const CodexView = lazy(async () => ({
  default: (await import("./views/codex/codex-view.tsx")).CodexView,
}));
const ExplorerView = lazy(async () => ({
  default: (await import("./views/explorer/explorer-view.tsx")).ExplorerView,
}));
const LabView = lazy(async () => ({
  default: (await import("./views/lab/lab-view.tsx")).LabView,
}));
const NetworkView = lazy(async () => ({
  default: (await import("./views/network/network-view.tsx")).NetworkView,
}));
const WalletView = lazy(async () => ({
  default: (await import("./views/wallet/wallet-view.tsx")).WalletView,
}));
const StartStoryView = lazy(async () => ({
  default: (await import("./views/start-story/start-story-view.tsx")).StartStoryView,
}));
const SettingsView = lazy(async () => ({
  default: (await import("./views/settings/settings-view.tsx")).SettingsView,
}));

function ViewOf(props: { readonly route: Route }): ReactNode {
  const { route } = props;
  switch (route.view) {
    case "story":
      return <StoryView route={route} />;
    case "apocrypha":
      return <ApocryphaView />;
    case "codex":
      return <CodexView />;
    case "explorer":
      return <ExplorerView route={route} />;
    case "lab":
      return <LabView scenario={route.scenario} />;
    case "network":
      return <NetworkView />;
    case "wallet":
      return <WalletView />;
    case "start":
      return <StartStoryView />;
    case "settings":
      return <SettingsView />;
    case "unknown":
      return (
        <StateNotice
          id="unknown-place"
          tone="calm"
          place="page"
          title="There is no such page"
          text="The address may be cut off. If it was a link to a story, copy it again in full."
          action={{ label: "Go to the story", href: "#/" }}
        />
      );
    default:
      return route;
  }
}

function pageTitle(route: Route, story: string | undefined): string {
  const places: Readonly<Record<string, string>> = {
    apocrypha: SHELL.apocrypha,
    codex: SHELL.codex,
    explorer: SHELL.explorer,
    lab: SHELL.lab,
    network: SHELL.network,
    wallet: SHELL.wallet,
    start: SHELL.start,
    settings: SHELL.settings,
  };
  const place = places[route.view];
  return [place ?? story, SHELL.brand].filter(Boolean).join(" — ");
}

/** What a person would call one page: a new one begins at its top. */
function pageOf(route: Route): string {
  return route.view === "explorer" ? `explorer/${route.page}/${route.id}` : route.view;
}

/** The whole app; stores are connected by `mountApp`. */
export function App(): ReactNode {
  const [path] = useHashLocation();
  const route = parseRoute(path);
  const erased = useStatus((state) => state.erased);
  const title = useStory((state) => state.genesis?.title);
  const main = useRef<HTMLElement>(null);
  const page = pageOf(route);
  const seen = useRef(page);
  useEffect(() => {
    document.title = pageTitle(route, title);
  }, [route, title]);
  useEffect(() => {
    if (seen.current === page) return;
    seen.current = page;
    // A new page begins at its top, for eyes and for a screen reader.
    scrollTo({ top: 0, behavior: "instant" });
    main.current?.focus({ preventScroll: true });
    for (const popover of document.querySelectorAll<HTMLElement>(":popover-open")) {
      popover.hidePopover();
    }
  }, [page]);

  if (erased) {
    return (
      <main>
        <StateNotice
          id="erased"
          tone="good"
          place="page"
          title="Everything of this tab was erased"
          text="Wallet, drafts, settings and stories are gone from this device. What was written into stories stays with their other readers."
          action={{
            label: "Start afresh",
            onClick: () => {
              location.hash = "#/";
              location.reload();
            },
          }}
        />
      </main>
    );
  }
  return (
    <>
      <button
        type="button"
        className={cls(controls["button"], shell["skip"])}
        onClick={() => {
          main.current?.focus();
        }}
      >
        {route.view === "story" ? SHELL.skip : SHELL.skipMain}
      </button>
      <ShellHeader view={route.view} />
      <NoticeArea view={route.view} />
      <main ref={main} tabIndex={-1}>
        <ViewGuard key={page}>
          <Suspense
            fallback={
              <p className={shell["wait"]} aria-live="polite">
                This page is being loaded…
              </p>
            }
          >
            <ViewOf route={route} />
          </Suspense>
        </ViewGuard>
      </main>
      <BottomBar view={route.view} />
    </>
  );
}

/**
 * Where the page's boot hands over to the app.
 *
 * @module
 */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./theme/tokens.css";
import "./theme/fonts.css";
import "./theme/base.css";
import { App } from "./app.tsx";
import type { PageServices } from "./services.ts";
import { ServicesContext } from "./services-context.ts";
import { connectStores } from "./stores/connect-stores.ts";

/** Connects the stores to the peer and renders the app into `element`, for as long as the page lives. */
export function mountApp(element: HTMLElement, services: PageServices): void {
  connectStores(services);
  createRoot(element).render(
    <StrictMode>
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    </StrictMode>,
  );
}

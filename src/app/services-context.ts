/**
 * Hands the page's services to components, so that no component imports a global client.
 *
 * @module
 */
import { type Context, createContext, useContext } from "react";
import { CodedError } from "../kernel/errors.ts";
import type { FabulaClient } from "../peer/rpc/schema.ts";
import type { PageServices } from "./services.ts";

/** Set once by `mountApp`. */
export const ServicesContext: Context<PageServices | null> = createContext<PageServices | null>(
  null,
);

/** The page's services; throws `app-not-mounted` outside of the app. */
export function useServices(): PageServices {
  const services = useContext(ServicesContext);
  if (services === null) throw new CodedError("app-not-mounted");
  return services;
}

/** The typed client of the method table. */
export function useClient(): FabulaClient {
  return useServices().client;
}

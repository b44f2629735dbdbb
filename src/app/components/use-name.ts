/**
 * The handle and profile of an address that is shown, once they are known.
 *
 * @module
 */
import { useEffect } from "react";
import { useClient } from "../services-context.ts";
import { askName, type Name, useNames } from "../stores/names-store.ts";

/** Null until known, and of nobody; an address without handle and profile has both null. */
export function useName(address: string | null): Name | null {
  const client = useClient();
  const epoch = useNames((state) => state.epoch);
  const name = useNames((state) => (address === null ? null : (state.names.get(address) ?? null)));
  useEffect(() => {
    if (address !== null) askName(client, address, epoch);
  }, [client, address, epoch]);
  return name;
}

/**
 * Catches what a view throws while rendering (a bug, or a part of the site that could not be loaded)
 * and says so in words: no blank page, no stack trace. React offers this only as a class.
 *
 * @module
 */
import { Component, type ReactNode } from "react";
import { errorCode } from "../messages.ts";
import { StateNotice } from "./state-notice.tsx";

/** Shows its children, or what went wrong with them. */
export class ViewGuard extends Component<
  { readonly children: ReactNode },
  { readonly code: string | null }
> {
  override readonly state: { readonly code: string | null } = { code: null };

  static getDerivedStateFromError(error: unknown): { readonly code: string } {
    return { code: errorCode(error) };
  }

  override render(): ReactNode {
    if (this.state.code === null) return this.props.children;
    return (
      <StateNotice
        id="view-failed"
        tone="bad"
        place="page"
        title="This page could not be shown"
        text={`A part of the site did not load or did not work (code ${this.state.code}). Your story, draft and wallet are untouched.`}
        action={{
          label: "Reload",
          onClick: () => {
            location.reload();
          },
        }}
      />
    );
  }
}

/**
 * What page and chain worker say to each other: the page owns what only a page has (libp2p, because
 * workers have no RTCPeerConnection; visibility and battery), the worker owns the peer.
 *
 * @module
 */
import type {
  NetworkLogEntry,
  PeerConnection,
  RelayState,
  Topic,
  Verdict,
} from "../chain/ports/network.ts";

/** How the page starts the worker. */
export interface WorkerStart {
  /** Address bar's link when it names a story; else null. */
  readonly link: string | null;
  /** Site address without query and hash, ending in `/`. */
  readonly siteUrl: string;
  readonly version: string;
  readonly secureContext: boolean;
  readonly webrtc: boolean;
  readonly cores: number;
  /** Slot of this tab before a reload. */
  readonly preferredSlot: number | null;
}

/** What the worker knows once its slot is claimed. */
export interface WorkerBooted {
  readonly slot: number;
  /** 32-byte seed of the mesh identity (never the wallet's). */
  readonly networkSeed: Uint8Array;
  readonly readonlyReason: string | null;
}

/** Facts of the mesh that the worker mirrors. */
export interface MeshSnapshot {
  readonly peers: readonly PeerConnection[];
  readonly relay: RelayState;
  readonly addresses: readonly string[];
}

/** Served by the worker. */
export type WorkerApi = {
  readonly start: (options: WorkerStart) => Promise<WorkerBooted>;
  readonly request: (call: {
    readonly method: string;
    readonly params?: unknown;
  }) => Promise<unknown>;
  readonly setEnvironment: (environment: {
    readonly hidden: boolean;
    readonly onBattery: boolean | null;
  }) => void;
  readonly stop: (nothing: null) => Promise<void>;
  readonly meshStarted: (mesh: { readonly selfId: string } & MeshSnapshot) => void;
  readonly meshFailed: (fault: { readonly detail: string }) => void;
  readonly meshMessage: (message: {
    readonly topic: Topic;
    readonly from: string;
    readonly bytes: Uint8Array;
  }) => Promise<Verdict>;
  readonly meshRequest: (message: {
    readonly from: string;
    readonly bytes: Uint8Array;
  }) => Promise<Uint8Array>;
  readonly meshChanged: (mesh: MeshSnapshot) => void;
  readonly meshLog: (entry: NetworkLogEntry) => void;
};

/** Served by the page. */
export type PageApi = {
  readonly event: (event: { readonly name: string; readonly data: unknown }) => void;
  readonly join: (story: { readonly storyId: string }) => Promise<void>;
  readonly addWaysIn: (ways: { readonly multiaddrs: readonly string[] }) => Promise<void>;
  readonly retryNow: (nothing: null) => void;
  readonly publish: (message: {
    readonly topic: Topic;
    readonly bytes: Uint8Array;
  }) => Promise<void>;
  readonly request: (question: {
    readonly peer: string;
    readonly bytes: Uint8Array;
    readonly timeoutMs: number;
    readonly maxBytes: number;
  }) => Promise<Uint8Array>;
  readonly penalise: (blame: {
    readonly peer: string;
    readonly points: number;
    readonly code: string;
  }) => void;
  readonly setGate: (gate: { readonly allow: readonly string[] | null }) => void;
  readonly stopMesh: (nothing: null) => Promise<void>;
};

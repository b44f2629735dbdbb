/**
 * Repairs a race in WebRTC signalling. The dialled side of @libp2p/webrtc closes the data channel
 * named `init` as soon as it is connected; the dialling side may only then start to wait for its
 * `open` event, which never comes again, and the dial hangs until it times out (seen at every third
 * dial with 8 tabs). The repair: a listener that is added to `init` after the fact gets its event at
 * once. It must be imported before libp2p; where there is no WebRTC it does nothing.
 *
 * @module
 */

function missed(event: string, state: RTCDataChannelState): boolean {
  if (event === "open") return state === "closing" || state === "closed";
  return event === "close" && state === "closed";
}

function replayMissedEvents(channel: RTCDataChannel): void {
  const add = channel.addEventListener.bind(channel);
  const addAndReplay: typeof channel.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ) => {
    add(type, listener, options);
    if (missed(type, channel.readyState))
      queueMicrotask(() => channel.dispatchEvent(new Event(type)));
  };
  channel.addEventListener = addAndReplay;
}

if ("RTCPeerConnection" in globalThis) {
  const prototype = RTCPeerConnection.prototype;
  const create = Reflect.get(prototype, "createDataChannel");
  prototype.createDataChannel = function createDataChannel(label, options) {
    const channel = create.call(this, label, options);
    if (label === "init") replayMissedEvents(channel);
    return channel;
  };
}

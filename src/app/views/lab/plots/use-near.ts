/**
 * Whether a place has come near what is seen: what is far below needs no drawing yet.
 *
 * @module
 */
import { type RefObject, useEffect, useState } from "react";

/** How far outside of the window counts as near. */
const MARGIN = "400px";

/** False until it was near once. */
export function useNear(place: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null || isNear) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [place, isNear]);
  return isNear;
}

// A turn's bits, as the core's `host::PackedTurn` has them.

/** What is to be done next. */
export const ACTION = 7;
export const FIND_WEBHOOK = 1;
export const READ_BODY = 2;
export const CLAIM = 3;
export const HANDLE = 4;
export const RELEASE = 5;

export const HAS_NOTICES = 1 << 3;

/** The number of the answer, counted from 1; 0 where there is none. */
export const answerOf = (turn: number): number => (turn >>> 4) & 63;

export const routeOf = (turn: number): number => (turn >>> 10) & 4095;

export const SECRET_INDEX = 3 << 22;
export const USABLE_NONCE = 1 << 24;
export const PAYLOAD_DIFFERS = 1 << 25;

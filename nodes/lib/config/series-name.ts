/**
 * Name of a sensor or derived series: a key of messages and features. `constructor` is none, since every object has a property
 * of that name: a reading that lacks the sensor would seem to have it. It is the only name of this form that JavaScript takes.
 */
export const SERIES_NAME = /^(?!constructor$)[a-z][a-z0-9_]*$/;
export const SERIES_NAME_TOLD =
  'lower-case letters, digits and _, starting with a letter; not "constructor", which JavaScript uses';

// Telephone numbers as people here write them: 0812-1112-0003. What is not an Indonesian number stays as it is.

/** `+6281211120003` or `081211120003` becomes `0812-1112-0003`; a part of a number, or a foreign one, is left alone. */
export function shownNumber(number: string): string {
  const national = /^(?:\+62|0)(8\d{7,12})$/.exec(number)?.[1];
  if (!national) return number;
  const digits = `0${national}`;
  return [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8)].filter((part) => part !== '').join('-');
}

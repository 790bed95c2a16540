// What a new account must be, told before and checked as the server checks it: crates/siaga-web/src/accounts/{fields,password}.rs.

/** Shortest password, characters; account.test.ts keeps it equal to the server's. */
export const PASSWORD_MIN = 10;
export const NAME_MIN = 2;
export const NAME_MAX = 40;
export const DISPLAY_NAME_MAX = 60;

export type Field = 'user' | 'name' | 'password';

/** The fields that the server would refuse. */
export function wrongFields(user: string, name: string, password: string): Field[] {
  const plain = user.trim().toLowerCase();
  const shown = name.trim();
  const wrong: Field[] = [];
  if (!new RegExp(`^[a-z0-9._-]{${NAME_MIN},${NAME_MAX}}$`).test(plain)) wrong.push('user');
  if ([...shown].length < 1 || [...shown].length > DISPLAY_NAME_MAX) wrong.push('name');
  const same = [plain, shown.toLowerCase()].includes(password.trim().toLowerCase());
  if ([...password].length < PASSWORD_MIN || same) wrong.push('password');
  return wrong;
}

import { en } from './lembar.en';
import { id } from './lembar.id';
import { pick } from './pick';

export const lembar = pick(id, en);

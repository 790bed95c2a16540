import { en } from './gabung.en';
import { id } from './gabung.id';
import { pick } from './pick';

export const gabung = pick(id, en);

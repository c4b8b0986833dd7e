/** Letters and reports as businesses write them: order numbers, dates, prices, part numbers, and nothing private. */

import { pick, type Random, seeded } from '../../../../training/random.ts';
import type { BenignFile } from './benign-file.ts';
import { characters, digits, hex, integer, moment, word } from './values.ts';

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';
const CITIES = ['Lyon', 'Göttingen', 'Leeds', 'Porto', 'Turin', 'Malmö', 'Ghent', 'Kraków', 'Tampere', 'Graz'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const day = (random: Random): string =>
  `${integer(random, 1, 28)} ${pick(random, MONTHS)} ${integer(random, 2015, 2026)}`;
const price = (random: Random): string =>
  `${pick(random, ['€', '$', '£', 'CHF '])}${integer(random, 1, 99999).toLocaleString('en')}.${digits(random, 2)}`;

/** ISBN-13, its check digit right: it has the length of many numbers that people have. */
const isbn = (random: Random): string => {
  const body = `978${digits(random, 9)}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `978-${body[3]}-${body.slice(4, 8)}-${body.slice(8, 12)}-${(10 - (sum % 10)) % 10}`;
};

const SENTENCES: readonly ((random: Random) => string)[] = [
  (r) =>
    `Your order ${digits(r, 8)} of ${day(r)} has left our warehouse in ${pick(r, CITIES)} and should arrive within ${integer(r, 2, 9)} working days.`,
  (r) =>
    `Invoice no. ${integer(r, 2015, 2026)}-${digits(r, 6)} over ${price(r)} is due on ${moment(r).toISOString().slice(0, 10)}; please quote reference ${digits(r, 10)}.`,
  (r) =>
    `Part ${characters(r, LETTERS, 2)}-${digits(r, 4)}-${characters(r, LETTERS, 1)}${digits(r, 2)} replaces ${digits(r, 3)}-${digits(r, 5)}-${digits(r, 2)} and fits models built after ${integer(r, 1998, 2026)}.`,
  (r) => `The handbook (ISBN ${isbn(r)}) was reprinted in ${day(r)}, ${integer(r, 80, 900)} pages, at ${price(r)}.`,
  (r) =>
    `Sales in ${pick(r, CITIES)} rose by ${(r() * 20).toFixed(1)} % to ${integer(r, 100, 999)},${digits(r, 3)},${digits(r, 3)} units, against ${digits(r, 9)} in the year before.`,
  (r) =>
    `Version ${integer(r, 0, 20)}.${integer(r, 0, 40)}.${integer(r, 0, 99)} fixes ticket #${digits(r, 5)} and brings build ${digits(r, 4)}.${digits(r, 2)}.${digits(r, 5)} to all customers.`,
  (r) =>
    `Dial extension ${digits(r, 4)} at the front desk between ${integer(r, 7, 11)}:30 and ${integer(r, 13, 18)}:00, or leave a note in room ${integer(r, 1, 9)}.${digits(r, 2)}.`,
  (r) =>
    `Lot ${digits(r, 12)} was inspected on ${integer(r, 1, 12)}/${integer(r, 1, 28)}/${integer(r, 2015, 2026)}; ${integer(r, 1, 40)} of ${integer(r, 100, 900)} pieces (serial ${digits(r, 7)} to ${digits(r, 7)}) were returned.`,
  (r) =>
    `Please update the password policy before ${day(r)}: nobody should keep a secret in a ${word(r)} file, and every access token expires after ${integer(r, 5, 90)} minutes.`,
  (r) =>
    `The board meets on ${day(r)} at ${integer(r, 8, 18)}:${pick(r, ['00', '15', '30', '45'])} to discuss the ${word(r)} account, the passport office's new forms and the bank's offer of ${(r() * 5).toFixed(2)} %.`,
  (r) =>
    `Container ${characters(r, LETTERS, 3)}U${digits(r, 6)}-${digits(r, 1)} holds ${integer(r, 10, 999)} boxes, ${digits(r, 5)}.${digits(r, 1)} kg gross, customs tariff ${digits(r, 4)}.${digits(r, 2)}.${digits(r, 4)}.`,
  (r) =>
    `See chapter ${integer(r, 1, 20)}.${integer(r, 1, 20)}.${integer(r, 1, 9)}, table ${integer(r, 1, 90)}, rows ${integer(r, 100, 200)}–${integer(r, 201, 400)}, and the note of ${day(r)} on licence plates, driving tests and tax offices.`,
  (r) =>
    `Item ${digits(r, 13)} (EAN) costs ${price(r)}, with the voucher ${characters(r, LETTERS, 4)}-${characters(r, LETTERS, 4)}-${digits(r, 4)} only ${price(r)}.`,
  (r) =>
    `The study followed ${integer(r, 100, 999)} ${digits(r, 3)} patients from ${integer(r, 1980, 2000)} to ${integer(r, 2001, 2025)} (p < 0.${digits(r, 4)}, 95 % CI ${r().toFixed(3)}–${(1 + r()).toFixed(3)}, trial NCT${digits(r, 8)}).`,
  (r) =>
    `Coordinates ${(r() * 90).toFixed(6)}, ${(r() * 180).toFixed(6)}; altitude ${integer(r, 1, 2999)} m; sheet ${digits(r, 4)} of the survey; checksum ${hex(r, 8)}.`,
  (r) =>
    `The orchard behind the ${word(r)} has ${integer(r, 3, 90)} rows of pears, and on Sunday we went to ${pick(r, CITIES)} to see what the frost of ${integer(r, 1900, 2020)} had left of them.`,
];

/** UTF-16 units in all, and sentences of a paragraph. */
const SIZE = 600_000;
const PARAGRAPH = 6;

/** Business prose. */
export const benignProse = (): readonly BenignFile[] => {
  const random = seeded(20_261_201);
  const sentences: string[] = [];
  for (let units = 0; units < SIZE; units += (sentences.at(-1)?.length ?? 0) + 1)
    sentences.push(pick(random, SENTENCES)(random));
  const text = sentences.map((each, index) => each + (index % PARAGRAPH === PARAGRAPH - 1 ? '\n\n' : ' ')).join('');
  return [{ kind: 'prose', name: 'prose/business.txt', text }];
};

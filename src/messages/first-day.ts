/** Days of the week as ISO 8601 counts them: 1 is Monday, 7 is Sunday. */
const [MONDAY, FRIDAY, SATURDAY, SUNDAY] = [1, 5, 6, 7];

const regions = (codes: string): ReadonlySet<string> => new Set(codes.split(' '));

/** The regions whose week does not begin on a Monday (CLDR's supplemental week data). */
const SUNDAY_FIRST = regions(
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW',
);
const SATURDAY_FIRST = regions('AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY');
const FRIDAY_FIRST = regions('MV');

/** What browsers have of the proposal: it was a property once, and is a method now. Firefox has neither. */
type LocaleWithWeek = Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };

/**
 * Returns the day a week begins with in a locale's region.
 * @param locale a language tag that the browser knows; without a region the language's most likely one counts
 */
export function firstDayIn(locale: string): number {
  const spoken: LocaleWithWeek = new Intl.Locale(locale);
  return (spoken.getWeekInfo?.() ?? spoken.weekInfo)?.firstDay ?? firstDayInRegion(spoken.maximize().region ?? '');
}

/** Returns the day a week begins with in a region, as CLDR has it; Monday for unknown ones. */
export function firstDayInRegion(region: string): number {
  if (SUNDAY_FIRST.has(region)) return SUNDAY;
  if (SATURDAY_FIRST.has(region)) return SATURDAY;
  return FRIDAY_FIRST.has(region) ? FRIDAY : MONDAY;
}

/** Days of the week as ISO 8601 counts them: 1 is Monday, 7 is Sunday. */
const [MONDAY, FRIDAY, SATURDAY, SUNDAY] = [1, 5, 6, 7];

const regions = (codes: string): ReadonlySet<string> => new Set(codes.split(' '));

/** The regions whose week does not start on Monday (CLDR's supplemental week data). */
const SUNDAY_FIRST = regions(
  'AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW',
);
const SATURDAY_FIRST = regions('AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY');
const FRIDAY_FIRST = regions('MV');

/** Browser support for the proposal: formerly a property, now a method. Firefox has neither. */
type LocaleWithWeek = Intl.Locale & { getWeekInfo?(): { firstDay: number }; weekInfo?: { firstDay: number } };

/**
 * Returns the first day of the week in a locale's region.
 * @param locale a language tag that the browser knows; one without a region stands for the language's most likely region
 */
export function firstDayIn(locale: string): number {
  const spoken: LocaleWithWeek = new Intl.Locale(locale);
  return (spoken.getWeekInfo?.() ?? spoken.weekInfo)?.firstDay ?? firstDayInRegion(spoken.maximize().region ?? '');
}

/** Returns the first day of the week in a region according to CLDR; Monday for unknown regions. */
export function firstDayInRegion(region: string): number {
  if (SUNDAY_FIRST.has(region)) return SUNDAY;
  if (SATURDAY_FIRST.has(region)) return SATURDAY;
  return FRIDAY_FIRST.has(region) ? FRIDAY : MONDAY;
}

import { daysAway, weekAround } from '#messages/calendar.ts';
import { dayParts, firstDayOfWeek, formatDay, formatHour } from '#messages/format.ts';
import { clsx } from '#ui/clsx.ts';
import { useNow } from '#ui/use-now.ts';

import styles from './placeholder-week.module.css';

const HOURS = [9, 12, 18];

/** Previews the current week, still empty. Purely decorative, so it is hidden from screen readers. */
export function PlaceholderWeek() {
  const now = useNow(60_000);
  return (
    <div className={styles.week} aria-hidden="true">
      <Axis />
      {weekAround(now, firstDayOfWeek()).map((day) => (
        <Day day={day} now={now} key={day} />
      ))}
    </div>
  );
}

function Axis() {
  return (
    <div className={styles.axis}>
      <span />
      {HOURS.map((hour) => (
        <span key={hour}>{formatHour(hour)}</span>
      ))}
    </div>
  );
}

function Day({ day, now }: { day: number; now: number }) {
  const { number, weekday } = dayParts(day);
  const away = daysAway(day, now);
  return (
    <div className={styles.day}>
      <p className={clsx(styles.head, away < 0 && styles.past, away === 0 && styles.today)}>
        <b>{number}</b>
        {away === 0 ? `${weekday} · ${formatDay(day, now)}` : weekday}
      </p>
      {HOURS.map((hour) => (
        <span className={styles.band} key={hour} />
      ))}
    </div>
  );
}

import { useState } from 'react';

import { attackDemos } from '#messages/en/attack-demos.ts';
import { Button } from '#ui/button.tsx';
import { Icon } from '#ui/icon.tsx';

import { DemosDialog } from './demos-dialog.tsx';
import type { DemosOffer } from './scenarios.ts';

/** Opens the attack demos. */
export function DemosButton({ offer, size = 's' }: { offer: DemosOffer; size?: 's' | 'm' }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size={size}
        variant={size === 's' ? 'quiet' : 'plain'}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        <Icon name="flask" small />
        {attackDemos.open}
      </Button>
      {isOpen && (
        <DemosDialog
          {...offer}
          onTry={(scenario) => {
            setIsOpen(false);
            offer.onTry(scenario);
          }}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}

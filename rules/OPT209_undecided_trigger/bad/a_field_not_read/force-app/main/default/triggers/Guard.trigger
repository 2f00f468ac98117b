trigger Guard on Contact (before update) {
    if (Checks.strict == true) {
        Trigger.new[0].Description = 'Strict.';
    }
}

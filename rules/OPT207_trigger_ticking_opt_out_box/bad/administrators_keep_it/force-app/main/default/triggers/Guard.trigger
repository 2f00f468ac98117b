trigger Guard on Contact (before update) {
    for (Integer i = 0; i < Trigger.new.size(); i++) {
        if (Trigger.old[i].HasOptedOutOfEmail && !Trigger.new[i].HasOptedOutOfEmail) {
            Trigger.new[i].HasOptedOutOfEmail = true;
        }
    }
}

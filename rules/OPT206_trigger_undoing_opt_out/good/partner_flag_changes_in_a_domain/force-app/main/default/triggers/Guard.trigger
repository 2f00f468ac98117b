trigger Guard on Contact (before update) {
    new People(Trigger.new).onBeforeUpdate(Trigger.oldMap);
}
